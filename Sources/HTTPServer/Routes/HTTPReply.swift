/// How a handler that does not wait gives its answer.
package struct HTTPReply: Sendable {
    let exchange: Exchange

    /// The first answer counts.
    package func send(_ response: HTTPResponse) { exchange.answer(response) }
}
