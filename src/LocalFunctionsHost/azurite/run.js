// Runs Azurite until standard input closes. The pipe closes with the process that holds its other end, however that one
// ends, so an emulator never outlives its owner. Signals are ignored: Ctrl-C reaches the whole process group, and storage
// must stay up until its owner has finished with it.
let shutDown = () => process.exit(0);
const once = process.once.bind(process);

process.once = (event, listener) => {
  if (event !== "SIGINT" && event !== "SIGTERM") return once(event, listener);
  shutDown = listener;
  return process;
};
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

process.stdin.resume();
process.stdin.on("error", () => {});
process.stdin.on("close", () => {
  shutDown();
  setTimeout(() => process.exit(1), 5000).unref();
});

// Its owner may be gone when the last lines are written.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

require("azurite/dist/src/azurite.js");
