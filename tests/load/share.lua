-- Shares directories with 400 accounts each, then takes all shares back, and so on: every call succeeds, and every call writes.
-- One thread must run this; the thousands of calls between sharing with an account and taking that back keep the order among its
-- connections.
local directories, targets = {}, 400
for directory in string.gmatch(os.getenv("LOAD_DIRECTORIES"), "[^,]+") do
   table.insert(directories, directory)
end
-- wrk asks for one request to look at, and never sends it.
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
