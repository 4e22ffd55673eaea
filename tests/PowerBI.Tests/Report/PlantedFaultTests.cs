namespace PowerBI.Tests.Report;

/// <summary>Each check finds what it is there for: one fault at a time, in a copy of the report.</summary>
public class PlantedFaultTests
{
    private static readonly Dictionary<string, PlantedFault> Faults = PlantedFaults.All.ToDictionary(fault => fault.Name);

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void Is_found(string fault)
    {
        var planted = Faults[fault];
        var findings = planted.FindIn(PowerBiProject.InCheckout);
        Assert.Contains(planted.Expected, string.Join('\n', findings), StringComparison.Ordinal);
    }

    [Fact]
    public void No_check_is_without_a_fault() => Assert.Equal(ReportTests.Checks.Keys.Order(StringComparer.Ordinal), Faults.Values.Select(fault => fault.Check).Distinct().Order(StringComparer.Ordinal));
}
