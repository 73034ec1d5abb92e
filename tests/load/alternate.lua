-- Sends two requests alternately over one connection. Each undoes the other, so every call writes.
local calls = {
   { os.getenv("LOAD_TARGET"), os.getenv("LOAD_BODY") },
   { os.getenv("LOAD_TARGET_BACK"), os.getenv("LOAD_BODY_BACK") },
}
local turn = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
wrk.headers["X-Amz-Date"] = "20260101T000000Z"

function request()
   local call = calls[turn % 2 + 1]
   turn = turn + 1
   wrk.headers["X-Amz-Target"] = call[1]
   return wrk.format(nil, nil, nil, call[2])
end
