using System.Text;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.Api;

public sealed class ErrorResultTests
{
    private static readonly ApiError Error = new(ErrorCode.NotFound, "Places has no record 'الحسكة'.") { Target = "path" };

    [Fact]
    public async Task A_problem_has_the_members_of_the_standard_and_the_code() =>
        Assert.Equal(
            ("application/problem+json", """{"type":"urn:conflictfunctions:error:notFound","title":"There is nothing at this address.","status":404,"code":"notFound","detail":"Places has no record 'الحسكة'.","target":"path"}"""),
            await Write(ErrorShape.Problem));

    [Fact]
    public async Task Under_odata_it_is_the_error_object_with_the_same_code() =>
        Assert.Equal(
            ("application/json;odata.metadata=minimal;charset=utf-8", """{"error":{"code":"notFound","message":"Places has no record 'الحسكة'.","target":"path"}}"""),
            await Write(ErrorShape.OData));

    private static async Task<(string? ContentType, string Body)> Write(ErrorShape shape)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await new ErrorResult(Error, shape).ExecuteAsync(http);
        Assert.Equal((404, body.Length), (http.Response.StatusCode, http.Response.ContentLength));
        return (http.Response.ContentType, Encoding.UTF8.GetString(body.ToArray()));
    }
}
