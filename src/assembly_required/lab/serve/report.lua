-- What wrk measured, as one line of JSON. A script for wrk: https://github.com/wg/wrk/blob/master/SCRIPTING
-- wrk counts a late response as a timeout and leaves it out of its percentiles. A connection that never got a response
-- is in none of its numbers. Both belong to the slowest requests, so the percentiles here include them.

local connections = tonumber(os.getenv("CONNECTIONS"))

function done(summary, latency)
  local errors = summary.errors
  local unanswered = math.max(0, connections - summary.requests)
  local late = errors.timeout + unanswered
  local in_time = summary.requests - errors.timeout

  local function percentile(percent)
    local rank = percent * (in_time + late) / in_time
    if in_time == 0 or rank > 100 then return "null" end
    return string.format("%.3f", latency:percentile(rank) / 1000)
  end

  print(string.format(
    '{"requests": %d, "seconds": %.3f, "p50_ms": %s, "p99_ms": %s, "failed": %d, "late": %d}',
    in_time, summary.duration / 1e6, percentile(50), percentile(99),
    errors.connect + errors.read + errors.write + errors.status, late
  ))
end
