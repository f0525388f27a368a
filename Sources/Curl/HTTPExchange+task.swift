package import Platform

extension HTTPExchange {
    /// Performs the request on a thread that may block, while the task waits; its cancellation ends the exchange.
    package static func result(
        of request: HTTPRequest, on executor: BlockingExecutor, timeouts: Timeouts = Timeouts(),
        certificatesFile: String? = nil
    ) async -> Result<Response, Failure> {
        guard let interruption = try? Interruption() else {
            return .failure(.notSent("the process has too many files open"))
        }
        return await withTaskCancellationHandler {
            await withTaskExecutorPreference(executor) {
                Result { () throws(Failure) in
                    try HTTPExchange(request, interruption).perform(timeouts, certificatesFile: certificatesFile)
                }
            }
        } onCancel: {
            interruption.request()
        }
    }
}
