// odata2ts: a client that was generated from $metadata; what the model lacks does not compile.
import { FetchClient } from "@odata2ts/http-client-fetch";
import { answer, key, refused, root } from "../../ask";
import { ConflictService } from "./generated/ConflictService";

const connect = (headers: Record<string, string>) => {
  const http = new FetchClient({ headers });
  return { http, service: new ConflictService(http, root.slice(0, -1)) };
};
const { service } = connect({});
const ids = (answer: { data: { value: { Id?: string }[] } }) => answer.data.value.map((row) => row.Id);
const problem = (error: { status: number; cause: Error }) => ({ status: error.status, message: error.cause.message });
const killed = "killed";

async function pages() {
  const { http, service } = connect({ Prefer: "maxpagesize=10" });
  const read = [];
  for (let page = await service.ZoneMemberships().query(); ; ) {
    read.push(ids(page));
    const next: string | undefined = (page.data as { "@odata.nextLink"?: string })["@odata.nextLink"];
    if (!next) return read;
    page = await http.get(next);
  }
}

answer({
  count: async () => (await service.ZoneMemberships().query((q) => q.count().top(1))).data["@odata.count"],
  pages,
  killed: async () => (await service.Casualties().query((q, c) => q
    .filter(c.EventId.eq("al-hasaka-attack-2022").and(c.Outcome.eq(killed)), c.Additive.eq(true))
    .select("Id", "PartyId", "CountText", "Low", "High").orderBy(c.Id.asc()))).data.value,
  aboveHundred: async () => ids(await service.Casualties().query((q, c) => q.filter(c.Low.gt(100)).orderBy(c.Low.desc()))),
  onThe21st: async () => ids(await service.Casualties().query((q, c) => q.filter(c.StartDate.ge("2022-01-21"), c.StartDate.le("2022-01-31")))),
  everChanged: async () => (await service.Casualties().query((q, c) => q.filter(c.ModifiedAt.gt("2021-02-03T04:05:06+01:00")).count())).data["@odata.count"],
  inList: async () => ids(await service.Places().query((q, p) => q.filter(p.Id.in("raqqa", "al-hasaka")).orderBy(p.Id.asc()))),
  withLargeClaims: async () => ids(await service.Events().query((q, e) => q.filter(e.Casualties.any((c) => c.Low.gt(300))).orderBy(e.Id.asc()))),
  ofSyria: async () => (await service.Casualties().query((q, c) => q.filter(c.Place.props.CountryCode.eq("SY")).count())).data["@odata.count"],
  second: async () => ids(await service.Casualties().query((q, c) => q.orderBy(c.Low.desc()).skip(1).top(2).select("Id"))),
  place: async () => (await service.Places("al-hasaka").query((q) => q.select("Name", "NameArabic", "Kind", "CountryCode"))).data,
  attack: async () => (await service.Events("al-hasaka-attack-2022").query((q) => q.select("Id")
    .expanding("Place", (place) => place.select("Name"))
    .expanding("Casualties", (claims, c) => claims.select("Id").filter(c.Outcome.eq(killed)).orderBy(c.Id.desc()).top(2)))).data,
  toOne: async () => (await service.Events("al-hasaka-attack-2022").Place().query((q) => q.select("Name"))).data,
  toMany: async () => ids(await service.Events("al-hasaka-attack-2022").Casualties().query((q, c) => q.filter(c.Low.eq(77)))),
  found: async () => ids(await service.Places().query((q, p) => q.search("Hasaka").orderBy(p.Id.asc()))),
  foundByPhrase: async () => ids(await service.Places().query((q) => q.search("Hasaka", "central prison"))),
  byOutcome: async () => (await service.Casualties().query((q) => q.groupBy("Outcome"))).data.value,
  longsAsText: async () => (await service.Casualties().query((q, c) => q.filter(c.Id.eq("hasaka-2022-killed-is")).select("Low").count(),
    { headers: { Accept: "application/json;IEEE754Compatible=true" } })).data,
  malformed: () => refused(service.Casualties().query((q, c) => q.filter(c.Low.eq("x" as never))), problem),
  missing: () => refused(service.Places("nowhere").query(), problem),
  written: () => refused(service.Places().create({} as never), problem),
  deleted: () => refused(service.Places("al-hasaka").delete(), problem),
  withKey: async () => (await connect({ "x-api-key": key }).service.ZoneMemberships().query((q) => q.count().top(1))).data["@odata.count"],
  withWrongKey: () => refused(connect({ "x-api-key": `${key}x` }).service.ZoneMemberships().query(), problem),
});
