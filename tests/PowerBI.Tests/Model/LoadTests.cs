namespace PowerBI.Tests.Model;

/// <summary>The files of the model can be read, and hold what they are there for.</summary>
public class LoadTests
{
    [Fact]
    public void The_model_is_read_whole()
    {
        var model = ModelFiles.Model;

        Assert.Equal(26, model.Tables.Count);
        Assert.Equal(["BaseUrl", "Release"], model.Expressions.Where(expression => expression.IsParameter).Select(expression => expression.Name));
    }
}
