return CatGan.Silo.SiloProgram.Run(args);
