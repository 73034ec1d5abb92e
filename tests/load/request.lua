-- Repeats one request, which comes from the environment.
wrk.method = "POST"
wrk.body = os.getenv("LOAD_BODY")
wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
wrk.headers["X-Amz-Target"] = os.getenv("LOAD_TARGET")
wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
wrk.headers["X-Amz-Date"] = "20260101T000000Z"
