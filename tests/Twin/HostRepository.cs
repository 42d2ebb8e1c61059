// Where the tests that compare documents with code find them.
using System;
using System.IO;

namespace Tern.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The path of a file in it.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    /// <summary>The first folder upwards with nano.sln.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "nano.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("no nano.sln above " + AppContext.BaseDirectory);
    }
}
