-- Sends requests by path over one connection: repeats one, or alternates two of which each undoes the other.
local calls = { { os.getenv("LOAD_PATH"), os.getenv("LOAD_BODY") } }
if os.getenv("LOAD_PATH_BACK") then
   calls[2] = { os.getenv("LOAD_PATH_BACK"), os.getenv("LOAD_BODY_BACK") }
end
local turn = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
wrk.headers["X-Amz-Date"] = "20260101T000000Z"

function request()
   local call = calls[turn % #calls + 1]
   turn = turn + 1
   return wrk.format(nil, call[1], nil, call[2])
end
