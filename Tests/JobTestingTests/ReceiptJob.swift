import Jobs

/// The job that the README writes, and its handler.
struct SendReceipt: Job {
    static let type: JobType = "receipt.send"
    static let payloadSchema = PayloadSchema.object(
        "The receipt of an order.", [.required("orderID", .integer(1...Int.max), "Which order.")])
    static let queue: QueueName = "emails"
    static let retryPolicy = RetryPolicy(maxRetries: 5, base: .seconds(30), retryFor: .seconds(86_400))

    var orderID: Int

    static func outcome(for error: any Error, attempt: Int) -> Outcome? {
        error is OrderCancelled ? .discard(reason: "The order was cancelled.") : nil
    }
}

struct SendReceiptHandler: JobHandler {
    let mail: @Sendable (Int) async throws -> Void

    func handle(_ job: SendReceipt, context: JobContext) async throws -> Outcome {
        guard job.orderID > 0 else { return .bury(reason: "There is no order \(job.orderID).") }
        try await context.breaker("mail").call { try await mail(job.orderID) }
        try await context.enqueue(CountReceipt(orderID: job.orderID))
        context.logger.info("Receipt sent")
        return .success()
    }
}

struct CountReceipt: Job {
    static let type: JobType = "receipt.count"
    static let payloadSchema = PayloadSchema.any

    var orderID: Int
}

struct OrderCancelled: Error {}
