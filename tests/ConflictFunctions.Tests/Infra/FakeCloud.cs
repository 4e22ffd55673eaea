namespace ConflictFunctions.Tests.Infra;

/// <summary>
/// Programs that stand in for az, dotnet, zip and curl while deploy.sh runs: they note how they are called, and a folder holds the secrets of the vault.
/// </summary>
internal sealed class FakeCloud : IDisposable
{
    private const string Shell = "/bin/bash";

    // What each program is asked comes as one line in the file "called"; what it answers is all that the script needs.
    private const string Az =
        """
        #!/bin/bash
        echo "az $*" >>"$CLOUD/called"
        value() { while [ $# -gt 0 ]; do if [ "$1" = "$flag" ]; then echo "$2"; fi; shift; done; }
        case "$*" in
          "group exists"*) if [ -f "$CLOUD/group" ]; then echo true; else echo false; fi ;;
          "group create"*) touch "$CLOUD/group" ;;
          "ad signed-in-user show"*) echo 00000000-0000-0000-0000-000000000001 ;;
          "rest --method get"*) cat "$CLOUD/budget" 2>/dev/null || exit 3 ;;
          "deployment group create"*) echo "$DEPLOYER_ID $DEPLOYER_TYPE $BUDGET_START" >"$CLOUD/deployed" ;;
          "deployment group show"*appUrl*) echo https://app.example.org ;;
          "deployment group show"*baseUrl*) echo https://app.example.org/api ;;
          "deployment group show"*appName*) echo func-test ;;
          "deployment group show"*vaultName*) echo kv-test ;;
          "keyvault secret list"*) if [ -f "$CLOUD/closed" ]; then rm "$CLOUD/closed"; echo Forbidden >&2; exit 1; fi; ls "$CLOUD/vault" ;;
          "keyvault secret set"*) flag=--name; name=$(value "$@"); flag=--file; cp "$(value "$@")" "$CLOUD/vault/$name" ;;
          "keyvault secret show"*) flag=--name; cat "$CLOUD/vault/$(value "$@")"; echo ;;
        esac
        """;

    private const string Curl =
        """
        #!/bin/bash
        echo "curl $*" >>"$CLOUD/called"
        case "$*" in
          *health/ready*) printf 200 ;;
          *http://*) printf 301 ;;
          *--config*) grep -q "x-api-key: $(cat "$CLOUD/vault/AdminKey")\"" "$(sed 's/.*--config \([^ ]*\) .*/\1/' <<<"$*")" && printf 200 || printf 401 ;;
          */odata/Actors*) cat "$CLOUD/anonymous" ;;
          *) printf 200 ;;
        esac
        """;

    private const string Other =
        """
        #!/bin/bash
        echo "$(basename "$0") $*" >>"$CLOUD/called"
        if [ "$(basename "$0")" = dotnet ]; then mkdir -p "${@: -1}"; fi
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("cloud-").FullName;

    public FakeCloud()
    {
        Assert.SkipUnless(File.Exists(Shell), "The script is for bash, which is not on this machine.");
        Directory.CreateDirectory(Path.Combine(folder, "vault"));
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        Set("anonymous", "401");
        foreach (var (name, text) in new[] { ("az", Az), ("curl", Curl), ("dotnet", Other), ("zip", Other) })
        {
            var path = Path.Combine(folder, "bin", name);
            File.WriteAllText(path, text + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>How the programs were called, in order.</summary>
    public string[] Called => File.Exists(Path.Combine(folder, "called")) ? File.ReadAllLines(Path.Combine(folder, "called")) : [];

    public string Get(string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    public void Set(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    public void Forget() => File.Delete(Path.Combine(folder, "called"));

    public Task<Tool> Deploy(params string[] arguments) => Deploy(new Dictionary<string, string>(), arguments);

    public Task<Tool> Deploy(Dictionary<string, string> environment, params string[] arguments) => Tool.Run(
        Shell,
        [Path.Combine(Bicep.Folder, "deploy.sh"), .. arguments],
        new Dictionary<string, string>(environment) { ["CLOUD"] = folder, ["PATH"] = $"{folder}/bin:{Environment.GetEnvironmentVariable("PATH")}", ["YES"] = "1", ["PAUSE"] = "0" });

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
