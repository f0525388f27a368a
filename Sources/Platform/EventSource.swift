/// A descriptor that an ``EventLoop`` watches.
public final class EventSource: Sendable {
    let descriptor: Int32
    /// Names this watch for good, unlike the descriptor's number, which the kernel gives away again.
    let token: UInt64
    let handler: @Sendable (Events) -> Void

    init(descriptor: Int32, token: UInt64, handler: @escaping @Sendable (Events) -> Void) {
        self.descriptor = descriptor
        self.token = token
        self.handler = handler
    }
}
