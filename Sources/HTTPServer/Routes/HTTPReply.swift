package import Platform

/// How a handler that does not wait gives its answer.
package struct HTTPReply: Sendable {
    let exchange: Exchange

    /// Of the thread that serves the request: who answers on it wakes no other.
    package var loop: EventLoop { exchange.connection.daemon.loop }

    /// The first answer counts.
    package func send(_ response: HTTPResponse) { exchange.answer(response) }
}
