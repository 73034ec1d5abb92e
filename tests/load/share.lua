-- Shares directories with 400 accounts each, then unshares them, and so on. Every call succeeds, and every call writes.
-- Only one thread may run this. Between sharing and unsharing with an account are thousands of calls, so the order of
-- both is kept although they go over different connections.
local directories, targets = {}, 400
for directory in string.gmatch(os.getenv("LOAD_DIRECTORIES"), "[^,]+") do
   table.insert(directories, directory)
end
-- wrk calls request() once before the start, and never sends that request.
local call = -1
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
wrk.headers["X-Amz-Date"] = "20260101T000000Z"

function request()
   local directory = directories[call % #directories + 1]
   local turn = math.floor(call / #directories)
   local id = string.format("5%011d", turn % targets)
   local sharing = math.floor(turn / targets) % 2 == 0
   call = call + 1
   if sharing then
      wrk.headers["X-Amz-Target"] = "DirectoryService_20150416.ShareDirectory"
      return wrk.format(nil, nil, nil, string.format(
         '{"DirectoryId":"%s","ShareMethod":"HANDSHAKE","ShareTarget":{"Id":"%s","Type":"ACCOUNT"}}', directory, id))
   end
   wrk.headers["X-Amz-Target"] = "DirectoryService_20150416.UnshareDirectory"
   return wrk.format(nil, nil, nil, string.format(
      '{"DirectoryId":"%s","UnshareTarget":{"Id":"%s","Type":"ACCOUNT"}}', directory, id))
end
