using System.Text.Json;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;
using SkiaSharp;

namespace CatGan.Coordinator.Tests.Commands;

public sealed class DataCommandTests
{
    [Fact]
    public async Task Import_FolderWithABadPicture_KeepsTheRestAndNamesIt()
    {
        using Shell shell = new();
        Pictures(shell, 12);
        Said said = await shell.RunAsync("data", "import", "photos", "--name", "cats", "--size", "16");
        Assert.Equal(0, said.Code);
        Assert.Contains("cats at 16x16: 12 pictures, 1 left out", said.Out);
        Assert.Contains("bad.jpg: the file is empty", said.Out);
        Assert.Contains("100% 13 of 13 pictures, 1 left out", said.Error);
        Said list = await shell.RunAsync("data", "list");
        Assert.Contains("cats  16", list.Out);
    }

    [Fact]
    public async Task Import_Json_NamesEveryPictureLeftOut()
    {
        using Shell shell = new();
        Pictures(shell, 2);
        Said said = await shell.RunAsync("data", "import", "photos", "--name", "cats", "--size", "16", "--json");
        JsonElement summary = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal((2, "pictures", 64), (summary.GetProperty("kept").GetInt32(), summary.GetProperty("layout").GetString(), summary.GetProperty("content_hash").GetString()!.Length));
        Assert.Equal("Empty", summary.GetProperty("skipped")[0].GetProperty("reason").GetString());
        JsonElement listed = JsonDocument.Parse((await shell.RunAsync("data", "list", "--json")).Out).RootElement;
        Assert.Equal(summary.GetProperty("content_hash").GetString(), listed.GetProperty("content_hash").GetString());
    }

    [Fact]
    public async Task Import_NameTaken_NeedsReplace()
    {
        using Shell shell = new();
        Pictures(shell, 2);
        string[] import = ["data", "import", "photos", "--name", "cats", "--size", "16"];
        await shell.RunAsync(import);
        Said again = await shell.RunAsync(import);
        Assert.Equal(1, again.Code);
        Assert.Contains("--replace", again.Error);
        Assert.Equal(0, (await shell.RunAsync([.. import, "--replace"])).Code);
    }

    [Theory]
    [InlineData("a/b", "64", "data set name 'a/b'")]
    [InlineData("cats", "8", "size is 8, but must be from 16 to 256")]
    public async Task Import_BadNameOrSize_IsABadCommandLine(string name, string size, string expected)
    {
        using Shell shell = new();
        Said said = await shell.RunAsync("data", "import", ".", "--name", name, "--size", size);
        Assert.Equal(2, said.Code);
        Assert.Contains(expected, said.Error);
    }

    [Fact]
    public async Task Show_ImportedAndDrawn_WriteSheets()
    {
        using Shell shell = new();
        Pictures(shell, 3);
        await shell.RunAsync("data", "import", "photos", "--name", "cats", "--size", "16");
        foreach (string name in (string[])["cats", "builtin:drawn-cats?count=3"])
        {
            Said said = await shell.RunAsync("data", "show", name, "--size", "16", "--out", "sheet.png");
            Assert.Equal(0, said.Code);
            using SKBitmap sheet = SKBitmap.Decode(Path.Combine(shell.Folder, "sheet.png"));
            Assert.Equal((38, 38), (sheet.Width, sheet.Height));
        }
    }

    [Fact]
    public async Task Show_FactorsOfDrawnCats_AreWrittenALineEach()
    {
        using Shell shell = new();
        await shell.RunAsync("data", "show", "builtin:drawn-cats?count=3", "--factors", "factors.jsonl");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(shell.Folder, "factors.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.True(JsonDocument.Parse(lines[0]).RootElement.TryGetProperty("pattern", out JsonElement pattern) && pattern.GetString()!.Length > 0);
    }

    [Fact]
    public async Task Show_UnknownName_IsNotFoundAndSaysWhatToDo()
    {
        using Shell shell = new();
        Said said = await shell.RunAsync("data", "show", "nope");
        Assert.Equal(3, said.Code);
        Assert.Contains("catgan data import SOURCE --name nope", said.Error);
    }

    [Fact]
    public async Task List_DamagedBlob_IsNotedAndTheRestListed()
    {
        using Shell shell = new();
        Pictures(shell, 1);
        await shell.RunAsync("data", "import", "photos", "--name", "cats", "--size", "16");
        Said before = await shell.RunAsync("data", "list");
        await shell.Store.WriteTextAsync("datasets/broken/16.safetensors", "nothing");
        Said after = await shell.RunAsync("data", "list");
        Assert.Equal(0, after.Code);
        Assert.Equal(before.Out, after.Out);
        Assert.Contains("datasets/broken/16.safetensors", after.Error);
    }

    private static void Pictures(Shell shell, int count)
    {
        string folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "photos")).FullName;
        for (int i = 0; i < count; i++)
        {
            using SKBitmap bitmap = new(16, 16);
            bitmap.Erase(new SKColor((byte)(10 * i), 0, 0));
            using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(Path.Combine(folder, $"{i:D2}.png"), png.ToArray());
        }

        File.WriteAllBytes(Path.Combine(folder, "bad.jpg"), []);
    }
}
