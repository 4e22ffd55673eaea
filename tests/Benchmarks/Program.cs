using Benchmarks.Data;
using System.Diagnostics;

var r = new GeneratedReleases(FeedShape.Small);
Console.WriteLine(r.Hash());
var t = Stopwatch.StartNew();
var n = 0; var c=0;
foreach (var x in new GeneratedReleases(FeedShape.Full).All()) { n += x.Revisions.Count; c++; }
Console.WriteLine($"{n} {c} {t.Elapsed}");
foreach (var x in r.Release(3).Revisions.Take(22)) Console.WriteLine(string.Join('|', x.Values));
