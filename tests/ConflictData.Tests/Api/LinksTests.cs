using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.Api;

public sealed class LinksTests
{
    [Theory]
    [InlineData("", "example.org:8080", "http://example.org:8080/api/releases")]
    [InlineData("https://data.example.org/", "10.0.0.1", "https://data.example.org/api/releases")]
    [InlineData("", "", "http://localhost/api/releases")]
    [InlineData("", "no host at all", "http://localhost/api/releases")]
    [InlineData("", "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((", "http://localhost/api/releases")]
    [InlineData("", "a_name_of_one_label_that_is_far_longer_than_the_63_letters_a_label_may_have", "http://a_name_of_one_label_that_is_far_longer_than_the_63_letters_a_label_may_have/api/releases")]
    public void Links_are_built_from_the_setting_else_from_the_host_that_the_client_names(string publicUrl, string host, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Headers.Host = host;

        Assert.Equal(expected, Links.For(request, new Settings { PublicUrl = publicUrl }).To("releases").AbsoluteUri);
    }
}
