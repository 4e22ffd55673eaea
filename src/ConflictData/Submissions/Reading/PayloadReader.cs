using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Takes a body apart into the files of its datasets.</summary>
internal static class PayloadReader
{
    /// <summary>The files, in the order of the catalogue.</summary>
    /// <param name="dataset">The dataset that the address names; null for a set.</param>
    /// <param name="contentType">The header, with charset or boundary.</param>
    /// <param name="body">The whole body, not compressed.</param>
    /// <param name="space">Where what is unpacked goes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The files, or <see cref="ErrorCode.UnsupportedMediaType"/>, <see cref="ErrorCode.BadRequest"/> , <see cref="ErrorCode.TooLarge"/> or <see cref="ErrorCode.Busy"/>.</returns>
    public static async Task<Result<PayloadFile[]>> Files(
        Dataset? dataset, string? contentType, ReadOnlyMemory<byte> body, PayloadSpace space, CancellationToken cancellation)
    {
        if (!MediaType.Read(contentType).Succeeded(out var type, out var error))
        {
            return error;
        }

        if (MediaType.FormatOf(type.Kind) is { } format)
        {
            return dataset is null
                ? new ApiError(ErrorCode.BadRequest, "Name the dataset in the address, as /api/submissions/{dataset}; without one the body must be a set (multipart/form-data or zip).")
                : new PayloadFile[] { new(dataset, format, body) };
        }

        if (dataset is not null)
        {
            return new ApiError(ErrorCode.BadRequest, "A set of datasets (multipart/form-data or zip) goes to /api/submissions, without a dataset.");
        }

        var files = new PayloadSet();
        var problem = type.Kind == BodyKind.Zip ? await ZipSet.Read(body, files, space, cancellation)
            : await space.HasRoom(2L * body.Length, cancellation) ? await MultipartSet.Read(body, type.Boundary, files, cancellation)
            : SubmissionRequest.NoRoom;
        return problem is null ? files.InOrder() : problem;
    }
}
