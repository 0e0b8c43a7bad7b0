-- What wrk sends, from its environment, and one line that a program can read.
wrk.method = os.getenv("WRK_METHOD")
local body = os.getenv("WRK_BODY")
if body ~= "" then wrk.body = body end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("counted %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
