namespace ConflictFunctions.Tests.Fuzz;

internal static class RandomChoice
{
    extension(Random random)
    {
        /// <summary>One of several.</summary>
        public T Any<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        /// <summary>True once in so many times.</summary>
        public bool OneIn(int times) => random.Next(times) == 0;

        /// <summary>A length up to a most, short ones far more often than long ones.</summary>
        public int Length(int most) => (int)Math.Pow(most, random.NextDouble());
    }
}
