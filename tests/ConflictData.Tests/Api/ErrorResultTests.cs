using System.Text;
using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData("There is nothing at Places&code=cf_a1_0123456789abcdefghij.", "There is nothing at Places&[hidden].")]
    [InlineData("There is nothing at Places&code=cf_a1_0123456789abcdefghij and more.", "There is nothing at Places&[hidden] and more.")]
    [InlineData("The id Places('x')?code=swordfish names a record.", "The id Places('x')?[hidden] names a record.")]
    [InlineData("The id Places('x')%3Fcode%3Dswordfish names a record.", "The id Places('x')%3F[hidden] names a record.")]
    [InlineData("Syntax error at position 9 in 'Name eq cf_a1_01234-56789_x'.", "Syntax error at position 9 in 'Name eq [hidden]'.")]
    [InlineData("Nothing at cf%5Fa1%5F0123456789", "Nothing at [hidden]")]
    [InlineData("Nothing at eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJ4In0.c2ln!", "Nothing at [hidden]!")]
    [InlineData("Nothing at $skiptoken=AQRtYWluAQ0K&x", "Nothing at $[hidden]&x")]
    [InlineData("Send one as x-api-key, as Bearer token, as Basic password or as code=.", "Send one as x-api-key, as Bearer token, as Basic password or as code=.")]
    [InlineData("CountryCode eq 'SY', cf_raqqa", "CountryCode eq 'SY', cf_raqqa")]
    public async Task No_error_repeats_a_secret(string detail, string said)
    {
        foreach (var error in new[] { new ApiError(ErrorCode.NotFound, detail) { Target = detail }, Error with { Detail = detail, Target = detail } })
        {
            foreach (var shape in Enum.GetValues<ErrorShape>())
            {
                var body = JsonNode.Parse((await Write(shape, error)).Body)!;
                var members = shape == ErrorShape.OData ? body["error"]! : body;
                Assert.Equal((said, said), ((string?)(members["message"] ?? members["detail"]), (string?)members["target"]));
            }
        }
    }

    private static async Task<(string? ContentType, string Body)> Write(ErrorShape shape, ApiError? error = null)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await new ErrorResult(error ?? Error, shape).ExecuteAsync(http);
        Assert.Equal((404, body.Length), (http.Response.StatusCode, http.Response.ContentLength));
        return (http.Response.ContentType, Encoding.UTF8.GetString(body.ToArray()));
    }
}
