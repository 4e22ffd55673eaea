// The client of Apache Olingo: reads $metadata first and understands rows by it; speaks 4.0.
import odatajs from "ts-odatajs";
import { answer, key, refused, root } from "./ask.js";

const { oData } = odatajs;
const ids = (rows) => rows.map((row) => row.Id);
const problem = ({ response }) => ({ status: response.statusCode, ...JSON.parse(response.body).error });
let model;

const send = (request, handler) => new Promise((resolve, reject) =>
  oData.request({ method: "GET", headers: {}, ...request, requestUri: new URL(request.requestUri, root).href }, resolve, reject, handler, undefined, model));
const read = (address, headers = {}) => send({ requestUri: address, headers });
const rows = async (address, headers) => (await read(address, headers)).value;

async function pages(address) {
  const read = [];
  for (let next = address; next; ) {
    const page = await send({ requestUri: next, headers: { Prefer: "odata.maxpagesize=10" } });
    read.push(ids(page.value));
    next = page["@odata.nextLink"];
  }
  return read;
}

async function batch(...requests) {
  const data = { __batchRequests: requests.map((requestUri) => ({ requestUri, method: "GET" })) };
  const { __batchResponses: responses } = await send({ requestUri: "$batch", method: "POST", data }, oData.batch.batchHandler);
  return responses.map((response) => ({ status: Number((response.response ?? response).statusCode), body: JSON.parse((response.response ?? response).body) }));
}

await answer({
  model: async () => {
    model = await send({ requestUri: "$metadata" }, oData.metadataHandler);
    const schema = model.dataServices.schema[0];
    return { namespace: schema.namespace, sets: schema.entityContainer.entitySet.map((set) => set.name) };
  },
  service: async () => (await rows("")).map((set) => set.url),
  count: async () => (await read("ZoneMemberships?$count=true&$top=1"))["@odata.count"],
  bareCount: () => read("ZoneMemberships/$count"),
  pages: () => pages("ZoneMemberships"),
  killed: () => rows("Casualties?$filter=EventId eq 'al-hasaka-attack-2022' and Outcome eq 'killed' and Additive eq true"
    + "&$select=Id,PartyId,CountText,Low,High&$orderby=Id", { Accept: "application/json;odata.metadata=none" }),
  aboveHundred: async () => ids(await rows("Casualties?$filter=Low gt 100&$orderby=Low desc")),
  onThe21st: async () => ids(await rows("Casualties?$filter=StartDate ge 2022-01-21 and StartDate le 2022-01-31")),
  everChanged: async () => (await read("Casualties?$filter=ModifiedAt gt 2021-02-03T04:05:06Z&$count=true"))["@odata.count"],
  inList: async () => ids(await rows("Places?$filter=Id in ('raqqa','al-hasaka')&$orderby=Id")),
  withLargeClaims: async () => ids(await rows("Events?$filter=Casualties/any(c:c/Low gt 300)&$orderby=Id")),
  ofSyria: async () => (await read("Casualties?$filter=Place/CountryCode eq 'SY'&$count=true"))["@odata.count"],
  second: async () => ids(await rows("Casualties?$orderby=Low desc&$skip=1&$top=2&$select=Id")),
  place: () => read("Places('al-hasaka')?$select=Name,NameArabic,Kind,CountryCode", { Accept: "application/json;odata.metadata=none" }),
  // By its model it reads no expanded records, wherever they come from: it looks them up among the plain properties.
  attack: () => read("Events('al-hasaka-attack-2022')?$select=Id&$expand=Place($select=Name),"
    + "Casualties($select=Id;$filter=Outcome eq 'killed';$orderby=Id desc;$top=2)", { Accept: "application/json;odata.metadata=none" }),
  toOne: () => read("Events('al-hasaka-attack-2022')/Place?$select=Name", { Accept: "application/json;odata.metadata=none" }),
  toMany: async () => ids(await rows("Events('al-hasaka-attack-2022')/Casualties?$filter=Low eq 77")),
  found: async () => ids(await rows("Places?$search=Hasaka&$orderby=Id")),
  typed: async () => (await rows("Casualties?$filter=Id eq 'hasaka-2022-killed-is'"))[0],
  typedByFullMetadata: async () => (await rows("Casualties?$filter=Id eq 'hasaka-2022-killed-is'", { Accept: "application/json;odata.metadata=full" }))[0],
  malformed: () => refused(read("Places?$filter=Nothing eq 1"), problem),
  missing: () => refused(read("Places('nowhere')"), problem),
  written: () => refused(send({ requestUri: "Places", method: "POST", data: { Id: "x" } }), problem),
  deleted: () => refused(send({ requestUri: "Places('al-hasaka')", method: "DELETE" }), problem),
  withKey: async () => (await read("ZoneMemberships?$count=true&$top=0", { "x-api-key": key }))["@odata.count"],
  withWrongKey: () => refused(read("ZoneMemberships", { "x-api-key": key + "x" }), problem),
  multipartBatch: () => batch("Places('al-hasaka')?$select=Name", "ZoneMemberships?$top=1&$count=true&$select=Id", "Places('nowhere')"),
});
