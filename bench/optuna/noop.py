"""A search of Optuna whose objective does nothing but report: experiments a second, one JSON line.

The same search as CatGan's bench verb `scale`: random sampler, two log-uniform parameters, nine reports an experiment,
successive halving as the pruner (PLATFORM's setting; experiments that it stops send fewer reports, which is to Optuna's
favour).
"""

import argparse
import json
import os
import resource
import time

import optuna


def objective(trial):
    lr_d = trial.suggest_float("lr_d", 1e-5, 1e-3, log=True)
    lr_g = trial.suggest_float("lr_g", 1e-5, 1e-3, log=True)
    score = lr_d + lr_g
    for report in range(1, 10):
        trial.report(score + 1.0 / report, report)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return score


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experiments", type=int, default=1000)
    parser.add_argument("--sqlite", help="file of the SQLite storage; in memory without it")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        storage=f"sqlite:///{arguments.sqlite}" if arguments.sqlite else None,
        sampler=optuna.samplers.RandomSampler(seed=arguments.seed),
        pruner=optuna.pruners.SuccessiveHalvingPruner(),
        direction="minimize",
    )
    cpu, started = time.process_time(), time.perf_counter()
    study.optimize(objective, n_trials=arguments.experiments)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(json.dumps({
        "optuna": optuna.__version__,
        "storage": "sqlite" if arguments.sqlite else "memory",
        "experiments": len(study.get_trials(deepcopy=False)),
        "seconds": round(seconds, 2),
        "experiments_per_second": round(arguments.experiments / seconds, 1),
        "cpu_microseconds_an_experiment": round(1e6 * cpu / arguments.experiments),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_average": round(os.getloadavg()[0], 2),
    }), flush=True)


if __name__ == "__main__":
    main()
