// @odata/client: builds queries from objects, sends batches of both kinds.
import { EdmV4, OData } from "@odata/client";
import { answer, key, refused, root } from "./ask.js";

const connect = (headers) => OData.New4({ serviceEndpoint: root, commonHeaders: headers });
const client = connect({});
const options = () => OData.newOptions();
const filter = () => OData.newFilter();
const ids = (rows) => rows.map((row) => row.Id);
const ascending = (field) => ({ field, order: "asc" });
const set = (name) => client.getEntitySet(name);
const message = (error) => ({ message: error.message });

async function pages(collection) {
  const [small, read] = [connect({ Prefer: "maxpagesize=10" }), []];
  for (let next = collection; next; ) {
    const page = await small.newRequest({ collection: next });
    read.push(ids(page.value));
    next = page["@odata.nextLink"]?.slice(root.length);
  }
  return read;
}

const requests = () => [
  client.newBatchRequest({ collection: "Places", id: "al-hasaka", params: options().select("Name") }),
  client.newBatchRequest({ collection: "ZoneMemberships", params: options().top(1).count(true).select("Id") }),
  client.newBatchRequest({ collection: "Places", id: "nowhere" }),
];
const responses = async (answers) => Promise.all((await answers).map(async (response) => ({ status: response.status, body: await response.json() })));

await answer({
  count: () => set("ZoneMemberships").count(),
  bareCount: () => client.newRequest({ collection: "ZoneMemberships/$count" }),
  pages: () => pages("ZoneMemberships"),
  killed: () => set("Casualties").query(options()
    .filter(filter().property("EventId").eq("al-hasaka-attack-2022").property("Outcome").eq("killed").property("Additive").eq(true))
    .select(["Id", "PartyId", "CountText", "Low", "High"]).orderby([ascending("Id")])),
  aboveHundred: async () => ids(await set("Casualties").query(options().filter(filter().property("Low").gt(100)).orderby([{ field: "Low", order: "desc" }]))),
  onThe21st: async () => ids(await set("Casualties").query(filter()
    .property("StartDate").between(EdmV4.Date.from(new Date("2022-01-21")), EdmV4.Date.from(new Date("2022-01-31"))))),
  everChanged: () => set("Casualties").count(filter().property("ModifiedAt").gt(EdmV4.DateTimeOffset.from(new Date("2021-02-03T04:05:06Z")))),
  inList: async () => ids(await set("Places").query(options().filter(filter().property("Id").in(["raqqa", "al-hasaka"])).orderby([ascending("Id")]))),
  withLargeClaims: async () => ids(await set("Events").query(options().filter("Casualties/any(c:c/Low gt 300)").orderby([ascending("Id")]))),
  ofSyria: () => set("Casualties").count(filter().property("Place/CountryCode").eq("SY")),
  second: async () => ids(await set("Casualties").query(options().orderby([{ field: "Low", order: "desc" }]).skip(1).top(2).select("Id"))),
  place: () => set("Places").retrieve("al-hasaka", options().select(["Name", "NameArabic", "Kind", "CountryCode"])),
  attack: () => set("Events").retrieve("al-hasaka-attack-2022", options().select("Id")
    .expand(["Place($select=Name)", "Casualties($select=Id;$filter=Outcome eq 'killed';$orderby=Id desc;$top=2)"])),
  toOne: () => client.newRequest({ collection: "Events('al-hasaka-attack-2022')/Place", params: options().select("Name") }),
  toMany: async () => ids(await set("Events('al-hasaka-attack-2022')/Casualties").query(options().filter(filter().property("Low").eq(77)))),
  found: async () => ids(await set("Places").query(options().search("Hasaka", false).orderby([ascending("Id")]))),
  byOutcome: () => set("Casualties").query(options().apply(OData.newTransformation()
    .groupBy(["Outcome"], OData.newTransformation().aggregate("$count as Claims"))).orderby([ascending("Outcome")])),
  malformed: async () => (await client.newRequest({ collection: "Places", params: options().filter("Nothing eq 1") })).error,
  missing: () => refused(set("Places").retrieve("nowhere"), message),
  written: () => refused(set("Places").create({ Id: "x" }), message),
  deleted: () => refused(set("Places").delete("al-hasaka"), message),
  withKey: () => connect({ "x-api-key": key }).getEntitySet("ZoneMemberships").count(),
  withPassword: () => OData.New4({ serviceEndpoint: root, credential: { username: "any", password: key } }).getEntitySet("ZoneMemberships").count(),
  withWrongKey: () => refused(connect({ "x-api-key": key + "x" }).getEntitySet("ZoneMemberships").count(), message),
  jsonBatch: () => responses(client.execBatchRequestsJson(requests())),
  // It asks for JSON and reads nothing but multipart; a client of 4.0 gets what it sent, whatever it asks for.
  multipartBatch: () => responses(connect({ "OData-MaxVersion": "4.0" }).execBatchRequests(requests())),
  multipartBatchAskingForJson: () => refused(client.execBatchRequests(requests()), message),
  // It puts the word between two wildcards of SAP's, which are letters like others here.
  fuzzySearch: async () => ids(await set("Places").query(options().search("Hasaka"))),
});
