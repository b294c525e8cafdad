using System.CommandLine;
using CatGan.Bench;
using CatGan.Training.Native;

TorchLibrary.Register();
RootCommand root = new("Figures of CatGan's training: fidelity and speed. See bench/README.md.");
foreach (IVerb verb in Verbs.All)
    root.Subcommands.Add(verb.Command());
return await root.Parse(args).InvokeAsync();
