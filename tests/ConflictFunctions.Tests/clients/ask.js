// What the scripts of all clients share: where the feed is, and how answers are handed to the test that started them.

/** Root of the feed, with its closing slash. */
exports.root = process.env.FEED;

/** A key that may read. */
exports.key = process.env.KEY;

/** Asks one question after the other and prints what came back as one JSON object; a failure is the answer to its own question only. */
exports.answer = async (questions) => {
  const answers = {};
  for (const [name, ask] of Object.entries(questions)) {
    answers[name] = await ask().catch((error) => ({ failed: String(error?.message ?? error) }));
  }
  process.stdout.write(JSON.stringify(answers));
};

/** What a client makes of a refusal; it is a failure of the client when none reaches its caller. */
exports.refused = (promise, read) => promise.then(() => { throw new Error("The client took a refusal for an answer."); }, read);
