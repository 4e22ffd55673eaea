using ConflictData.Webhooks;

namespace ConflictData.Tests.Webhooks;

public sealed class NoticeSignatureTests
{
    /// <summary>Made with openssl: <c>printf '%s' '1790000000.{"id":"a"}' | openssl dgst -sha256 -hmac whsec_0123456789abcdef0123456789abcdef</c></summary>
    [Fact]
    public void It_is_what_another_tool_makes_of_the_same() => Assert.Equal(
        "t=1790000000,v1=39eca8b3c9a2aefde4330ae779fd6afc6b345720175331c976ea9f92a0693d11",
        NoticeSignature.Of("whsec_0123456789abcdef0123456789abcdef", """{"id":"a"}"""u8, DateTimeOffset.FromUnixTimeSeconds(1790000000)));

    [Fact]
    public void Secrets_are_made_long_and_never_twice()
    {
        var made = Enumerable.Range(0, 100).Select(_ => NoticeSignature.NewSecret()).ToList();
        Assert.Equal(100, made.Distinct().Count());
        Assert.All(made, secret => Assert.True(NoticeSignature.IsSecret(secret)));
    }

    [Theory]
    [InlineData(31, 'a', false)]
    [InlineData(32, 'a', true)]
    [InlineData(256, '~', true)]
    [InlineData(257, 'a', false)]
    [InlineData(40, ' ', false)]
    [InlineData(40, 'é', false)]
    public void A_secret_that_somebody_brings_along_has_32_bytes_or_more(int length, char of, bool isSecret) =>
        Assert.Equal(isSecret, NoticeSignature.IsSecret(new string(of, length)));
}
