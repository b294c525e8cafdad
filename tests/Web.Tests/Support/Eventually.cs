namespace CatGan.Web.Tests.Support;

/// <summary>Waits for something that others bring about.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        for (int i = 0; i < 400 && await timer.WaitForNextTickAsync(); i++)
        {
            if (await condition())
                return;
        }
        Assert.Fail("It never came to be so.");
    }
}
