package import Platform
internal import Tracing

extension HTTPExchange {
    /// Performs the request on a thread that may block, while the task waits; its cancellation ends the exchange.
    package static func result(
        of request: HTTPRequest, on executor: BlockingExecutor, timeouts: Timeouts = Timeouts(),
        certificatesFile: String? = nil
    ) async -> Result<Response, Failure> {
        guard let interruption = try? Interruption() else {
            return .failure(.notSent("the process has too many files open"))
        }
        let call = OutsideCall.begin()
        let result = await withTaskCancellationHandler {
            await withTaskExecutorPreference(executor) {
                Result { () throws(Failure) in
                    try HTTPExchange(request, interruption).perform(timeouts, certificatesFile: certificatesFile)
                }
            }
        } onCancel: {
            interruption.request()
        }
        if let call { request.end(call, result) }
        return result
    }
}
