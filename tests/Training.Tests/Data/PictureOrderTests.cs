using CatGan.Training.Data;
using TorchSharp;

namespace CatGan.Training.Tests.Data;

public sealed class PictureOrderTests
{
    [Fact]
    public void Next_TwoPasses_EveryPictureTwiceInOtherOrders()
    {
        using torch.Generator chance = new(1);
        PictureOrder order = new(50);

        int[] first = [.. Enumerable.Range(0, 50).Select(_ => order.Next(chance))], second = [.. Enumerable.Range(0, 50).Select(_ => order.Next(chance))];

        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Enumerable.Range(0, 50), first);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 1 }, 0)]
    [InlineData(new[] { 0, 1 }, 0)]
    [InlineData(new[] { 2, 1, 0 }, 4)]
    public void Restore_NoPermutation_IsRefused(int[] order, int position) =>
        Assert.Throws<InvalidCheckpointException>(() => new PictureOrder(3).Restore(order, position));

    [Fact]
    public void Mirror_Rows_AreTurnedRoundEachByItself()
    {
        byte[] picture = [1, 2, 3, 4, 5, 6];

        PictureBatches.Mirror(picture, 2);

        Assert.Equal([2, 1, 4, 3, 6, 5], picture);
    }
}
