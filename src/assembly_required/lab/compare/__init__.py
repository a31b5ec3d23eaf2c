"""What a stack costs, measured: CPU time and SQL statements for a request, time to start, memory.

*In Django* one compares releases of Django (its ``asv`` benchmarks); there is no second way to build the same
application, so what its own parts cost is rarely asked.

*Here* every stack answers the same requests with the same bodies, so they can be timed side by side. Beside them stand
baselines, written by hand for the same six requests: what these leave out is what choosing costs.

*What it costs*: the numbers are those of one machine at one time; what carries over to another is their ratio.

*Next*: :mod:`assembly_required.lab.compare.endpoints`.
"""
