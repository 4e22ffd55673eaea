namespace ConflictData.Submissions;

/// <summary>The codes of <see cref="RowProblem"/>. The list is closed: <see cref="Meanings"/> has every one.</summary>
public static class RowErrorCodes
{
    public const string UnreadableFile = "unreadableFile";
    public const string TooManyRows = "tooManyRows";
    public const string UnreadableRow = "unreadableRow";
    public const string UnknownColumn = "unknownColumn";
    public const string DuplicateColumn = "duplicateColumn";
    public const string MissingColumn = "missingColumn";
    public const string Required = "required";
    public const string BadId = "badId";
    public const string DuplicateId = "duplicateId";
    public const string BadAction = "badAction";
    public const string NotAnInteger = "notAnInteger";
    public const string NotANumber = "notANumber";
    public const string NotABoolean = "notABoolean";
    public const string NotADate = "notADate";
    public const string NotAnInstant = "notAnInstant";
    public const string NotInList = "notInList";
    public const string TooSmall = "tooSmall";
    public const string TooLarge = "tooLarge";
    public const string TooLong = "tooLong";
    public const string BadPattern = "badPattern";
    public const string ControlCharacter = "controlCharacter";
    public const string LoneSurrogate = "loneSurrogate";
    public const string FormulaLike = "formulaLike";
    public const string NotEdtf = "notEdtf";
    public const string StartDateRequired = "startDateRequired";
    public const string NoCount = "noCount";
    public const string UnreadableCount = "unreadableCount";
    public const string BadCount = "badCount";
    public const string QualifierContradicts = "qualifierContradicts";
    public const string NoteRequired = "noteRequired";
    public const string DerivedDiffers = "derivedDiffers";
    public const string SystemColumnDiffers = "systemColumnDiffers";
    public const string ColumnWouldErase = "columnWouldErase";
    public const string ChangedSinceBase = "changedSinceBase";
    public const string RecordNotFound = "recordNotFound";
    public const string NotYours = "notYours";
    public const string BaseMoved = "baseMoved";
    public const string TooManyRetractions = "tooManyRetractions";
    public const string ReferenceNotFound = "referenceNotFound";
    public const string StillReferenced = "stillReferenced";
    public const string PlaceCircle = "placeCircle";
    public const string ActorCircle = "actorCircle";
    public const string PartCycle = "partCycle";
    public const string PartTooDeep = "partTooDeep";
    public const string WholeAndPartAdditive = "wholeAndPartAdditive";
    public const string BreakdownsAdditive = "breakdownsAdditive";
    public const string RivalClaimsAdditive = "rivalClaimsAdditive";
    public const string DiscountedAdditive = "discountedAdditive";
    public const string PartsExceedWhole = "partsExceedWhole";
    public const string PartsFallShort = "partsFallShort";
    public const string EngineFull = "engineFull";
    public const string PossibleDoubleCount = "possibleDoubleCount";
    public const string ClaimGroupWithoutAdditive = "claimGroupWithoutAdditive";
    public const string ReplacedOtherOwner = "replacedOtherOwner";

    /// <summary>Every code with its meaning, in the order in which a submission is worked through; the last three are warnings.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> Meanings { get; } =
    [
        (UnreadableFile, "The file is empty, not UTF-8, or not what its name or media type says."),
        (TooManyRows, "The submission has more rows than one submission may have."),
        (UnreadableRow, "The row is not well-formed CSV or JSON, or has more cells than the header."),
        (UnknownColumn, "The dataset has no such column; the message names the nearest."),
        (DuplicateColumn, "The payload has the column twice."),
        (MissingColumn, "The payload lacks a column that every row must fill."),
        (Required, "The cell is empty, but the column must have a value."),
        (BadId, "The id is not a letter or digit followed by at most 99 letters, digits, dots, underscores, tildes or hyphens."),
        (DuplicateId, "Another row of the payload has the same id, letter case ignored."),
        (BadAction, "Action is neither upsert nor retract."),
        (NotAnInteger, "The value is not a whole number in digits."),
        (NotANumber, "The value is not a finite number with a decimal point."),
        (NotABoolean, "The value is not true, false, 1 or 0."),
        (NotADate, "The value is not a day written as 2022-01-20."),
        (NotAnInstant, "The value is not an instant written as 2022-01-20T12:00:00Z."),
        (NotInList, "The value is not one of the column's closed list; the message names the nearest."),
        (TooSmall, "The number is below the column's minimum."),
        (TooLarge, "The number is above the column's maximum."),
        (TooLong, "The text is longer than the column allows."),
        (BadPattern, "The text does not match the column's pattern."),
        (ControlCharacter, "The text holds a control character other than a line break."),
        (LoneSurrogate, "The text holds half of a surrogate pair, which is not valid Unicode."),
        (FormulaLike, "A spreadsheet would run the text as a formula."),
        (NotEdtf, "The text is not an EDTF level 1 date."),
        (StartDateRequired, "The date has no first day, which the dataset needs."),
        (NoCount, "The row gives neither words nor numbers."),
        (UnreadableCount, "The words cannot be read as a count; the message lists what is understood."),
        (BadCount, "Low, Best and High are out of order or do not make a count."),
        (QualifierContradicts, "Qualifier is not what the words or the numbers say."),
        (NoteRequired, "Numbers and words differ, and no Note says why."),
        (DerivedDiffers, "A column that the app derives was given another value; the message names both."),
        (SystemColumnDiffers, "A column that the release fills was given another value than the record has; the message names both."),
        (ColumnWouldErase, "The payload lacks a column in which the stored record has a value."),
        (ChangedSinceBase, "The record was changed after the release that the submission names as its base."),
        (RecordNotFound, "There is no such record to retract."),
        (NotYours, "The last change of the record was another contributor's, and the key may not curate."),
        (BaseMoved, "The record was changed after the release that a replacement of its dataset names as its base."),
        (TooManyRetractions, "More records would be retracted for being absent than the submission allows."),
        (ReferenceNotFound, "No live record has the id that the column refers to."),
        (StillReferenced, "Other records refer to the record that is to be retracted."),
        (PlaceCircle, "Following ParentId leads back to the place, or through more than 64 places."),
        (ActorCircle, "Following ParentId leads back to the actor, or through more than 64 actors."),
        (PartCycle, "Following PartOf leads back to the row."),
        (PartTooDeep, "PartOf is nested deeper than 64 levels."),
        (WholeAndPartAdditive, "A whole and a part of it, with the same outcome, would both count."),
        (BreakdownsAdditive, "Two breakdowns of one whole would both count."),
        (RivalClaimsAdditive, "Two members of one claim group would both count, themselves or through their parts."),
        (DiscountedAdditive, "A discounted claim cannot count."),
        (PartsExceedWhole, "The parts are together more than the whole can be."),
        (PartsFallShort, "The parts are said to be complete, but are together less than the whole."),
        (EngineFull, "The engine has no room for what the submission would bring; this is about all rows together."),
        (PossibleDoubleCount, "Warning: two rows that count may be of the same people, and neither PartOf nor ClaimGroup says how they relate."),
        (ClaimGroupWithoutAdditive, "Warning: no member of the claim group counts."),
        (ReplacedOtherOwner, "Warning: the row replaced a revision of another contributor."),
    ];
}
