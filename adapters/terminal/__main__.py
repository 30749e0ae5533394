"""`python -m adapters.terminal` is the `verbatim` command."""

from adapters.terminal.app import main

if __name__ == "__main__":
    main()
