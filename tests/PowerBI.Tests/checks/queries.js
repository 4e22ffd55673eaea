// Reads the queries of a model as Power BI does: as members of one section, each of which may use the others and the library.
// In: {"queries": [{"name", "text"}], "library": {"Table.AddColumn": [3, 4]}} with the least and the most arguments of each
// function, or null for what is no function. Out: a list of {"query", "message"}.
const PQP = require("@microsoft/powerquery-parser");
const LS = require("@microsoft/powerquery-language-services");

const { Type, TypeUtils } = PQP.Language;

function parameters([least, most]) {
  return Array.from({ length: most }, (_, at) => ({ isNullable: true, isOptional: at >= least, label: `p${at}`, documentation: undefined, typeKind: Type.TypeKind.Any, nameLiteral: `p${at}`, type: undefined }));
}

function definition([name, arity]) {
  if (arity === null) return [name, LS.LibraryDefinitionUtils.constantDefinition(name, "", Type.AnyInstance, LS.CompletionItemKind.Constant)];
  const given = parameters(arity);
  const type = TypeUtils.definedFunction(false, given.map((p) => ({ isNullable: true, isOptional: p.isOptional, type: undefined, nameLiteral: p.label })), Type.AnyInstance);
  return [name, LS.LibraryDefinitionUtils.functionDefinition(name, "", type, LS.CompletionItemKind.Function, given)];
}

function libraryOf(names) {
  const definitions = { staticLibraryDefinitions: new Map(Object.entries(names).map(definition)), dynamicLibraryDefinitions: () => new Map() };
  return { externalTypeResolver: LS.LibraryDefinitionUtils.externalTypeResolver(definitions), libraryDefinitions: definitions };
}

// "each [A]" is short for "(_) => _[A]". The validator stumbles over the types of the short form.
const longForm = (text) => text.replace(/(?<![\w)\]}"])\[(\w+)\]/g, "_[$1]").replace(/\beach /g, "(_) => ");

const quoted = (name) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `#"${name}"`);

function sectionOf(queries) {
  const starts = [];
  let text = "section Section1;\n";
  for (const { name, text: query } of queries) {
    starts.push({ line: text.split("\n").length - 1, name });
    text += `shared ${quoted(name)} = ${longForm(query)};\n`;
  }
  return { text, at: (line) => starts.filter((start) => start.line <= line).at(-1)?.name ?? "" };
}

async function check({ queries, library }) {
  const section = sectionOf(queries);
  const parsed = await PQP.TaskUtils.tryLexParse(PQP.DefaultSettings, section.text);
  if (!PQP.TaskUtils.isParseStageOk(parsed)) {
    const message = parsed.error.message;
    const line = parsed.error.innerError?.foundToken?.token?.positionStart?.lineNumber ?? 0;
    return [{ query: section.at(line), message }];
  }

  const inspection = { ...PQP.DefaultSettings, isWorkspaceCacheAllowed: false, library: libraryOf(library), eachScopeById: undefined, typeStrategy: LS.TypeStrategy.Primitive };
  const document = LS.textDocument("model", 1, section.text);
  const analysis = { inspectionSettings: inspection, isWorkspaceCacheAllowed: false, initialCorrelationId: undefined, traceManager: PQP.DefaultSettings.traceManager };
  const settings = LS.ValidationSettingsUtils.createValidationSettings(inspection, "model", { checkForDuplicateIdentifiers: true, checkUnknownIdentifiers: true, checkInvokeExpressions: true });
  const result = await LS.validate(document, analysis, settings);
  if (PQP.ResultUtils.isError(result)) throw result.error;
  // The types of arguments are compared by words that differ for the same type; names and numbers of arguments are not.
  return (result.value?.diagnostics ?? [])
    .filter((found) => !found.message.includes("expected the argument for"))
    .map((found) => ({ query: section.at(found.range.start.line), message: found.message }));
}

let input = "";
process.stdin.on("data", (piece) => (input += piece));
process.stdin.on("end", () =>
  check(JSON.parse(input)).then(
    (found) => process.stdout.write(JSON.stringify(found)),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  ),
);
