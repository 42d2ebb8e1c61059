// The documents of a measurement, as its command writes them and as they are in the repository. With the environment variable TERN_WRITE_DOCS=1
// those in the repository are written anew.
using Tern.Tests;

namespace Tern.HostEmulator.Tests;

internal static class WrittenDocuments
{
    /// <summary>Has a command write its page and its picture, in a folder that is laid out as the repository is.</summary>
    /// <param name="line">The command line without its files.</param>
    /// <param name="page">The page's path in the repository.</param>
    /// <param name="picture">The picture's.</param>
    /// <returns>The text of both; the folder's name is taken out of the page's.</returns>
    internal static (string Page, string Picture) Write(string[] line, string[] page, string[] picture)
    {
        string folder = Directory.CreateTempSubdirectory("tern-").FullName;
        try
        {
            string pageFile = InFolder(folder, page);
            string pictureFile = InFolder(folder, picture);
            using var output = new StringWriter();
            using var error = new StringWriter();
            int status = CommandLine.Run([.. line, "--markdown", pageFile, "--plot", pictureFile], new Output(output, error));
            Assert.AreEqual("", error.ToString());
            Assert.AreEqual(ExitCodes.Success, status);
            return (File.ReadAllText(pageFile).Replace(folder + "/", "", StringComparison.Ordinal), File.ReadAllText(pictureFile));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A document as it is in the repository, after it was written anew if that is wanted.</summary>
    internal static string OnDisk(string[] path, string text)
    {
        string document = Repository.PathOf(path);
        if (Environment.GetEnvironmentVariable("TERN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(document, text);
        }

        return File.Exists(document) ? File.ReadAllText(document) : "";
    }

    private static string InFolder(string folder, string[] path)
    {
        string file = Path.Combine([folder, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }
}
