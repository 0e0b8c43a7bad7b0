-- What wrk sends, from its environment, and one line that a program can read.
wrk.method = os.getenv("WRK_METHOD")
local body = os.getenv("WRK_BODY")
if body ~= "" then wrk.body = body end

-- Calls of one MCP session need numbers of their own; without them the request is made once.
local before, after = body:match("^(.*)@id@(.*)$")
if before then
  local thread, number = 0, 0
  setup = function(made)
    thread = thread + 1
    made:set("first", thread * 100000000)
  end
  request = function()
    number = number + 1
    return wrk.format(nil, nil, nil, before .. string.format("%d", first + number) .. after)
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("counted %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
