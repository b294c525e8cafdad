using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;

namespace CatGan.Pages.Tests;

/// <summary>What is put in place of what a page shows disturbs nobody who is at work in it.</summary>
public class MorphTests(Browser browser)
{
    // A list whose rows are links with a key each; space stands between rows as the server writes it.
    private const string Morph = """
        async ([before, after, focus]) => {
            const { morph } = await import('/js/morph.js');
            const list = keys => {
                const made = document.createElement('div');
                made.innerHTML = ' ' + keys.map(k => `<p data-key="${k}"><a href="/${k}">${k} of ${keys.length}</a></p> `).join('');
                return made;
            };
            const page = list(before);
            document.getElementById('main').append(page);
            const nodes = new Map([...page.children].map(n => [n.dataset.key, n]));
            let blurred = 0;
            page.addEventListener('focusout', () => blurred++);
            page.querySelector(`[data-key="${focus}"] a`).focus();
            morph(page, list(after));
            return {
                same: page.innerHTML === list(after).innerHTML,
                kept: after.every(k => !nodes.has(k) || nodes.get(k) === page.querySelector(`[data-key="${k}"]`)),
                focused: document.activeElement.textContent,
                blurred,
            };
        }
        """;

    [Theory]
    [InlineData("a b c d", "b c d", "c")] // the one above leaves
    [InlineData("a b c d", "n a b c d", "a")] // one comes in
    [InlineData("a b c d", "b c d a", "a")] // it falls to the end
    [InlineData("a b c d", "d a b c", "d")] // it rises to the top
    [InlineData("a b c d", "d a b c", "b")] // another rises past it
    [InlineData("a b c d e f", "f n c e a", "c")] // all at once
    public async Task Row_WithTheFocus_KeepsIt(string before, string after, string focus)
    {
        await using Site site = await Site.StartAsync();
        foreach (bool old in (bool[])[false, true])
        {
            await using Tab tab = await browser.OpenAsync(site.Address);
            if (old)
                await tab.Page.AddInitScriptAsync("delete Element.prototype.moveBefore"); // as browsers that have none
            await tab.Page.GotoAsync("/");
            Found found = await tab.Page.EvaluateAsync<Found>(Morph, new object[] { before.Split(' '), after.Split(' '), focus });
            Assert.True(found.Same && found.Kept, $"old {old}: {found}");
            Assert.Equal($"{focus} of {after.Split(' ').Length}", found.Focused);
            // Only what moves itself, where the browser cannot move it as it is.
            Assert.True(found.Blurred <= (old ? 1 : 0), $"old {old}: {found}");
        }
    }

    [Fact]
    public async Task Rows_InAnyOrder_BecomeWhatIsWanted()
    {
        await using Site site = await Site.StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/");
        Random random = new(7);
        for (int i = 0; i < 50; i++)
        {
            string[] all = [.. Enumerable.Range(0, 12).Select(n => $"k{n}")];
            string[] before = [.. random.GetItems(all, 8).Distinct()], after = [.. random.GetItems(all, 8).Distinct()];
            Found found = await tab.Page.EvaluateAsync<Found>(Morph, new object[] { before, after, before[0] });
            Assert.True(found.Same && found.Kept, $"{string.Join(' ', before)} to {string.Join(' ', after)}: {found}");
        }
    }

    private sealed record Found
    {
        public bool Same { get; set; }

        public bool Kept { get; set; }

        public string Focused { get; set; } = "";

        public int Blurred { get; set; }
    }
}
