internal import CDrawing
internal import Synchronization

/// The libraries that draw, opened when first asked for.
final class DrawingLibraries: @unchecked Sendable {
    // Written once, before anybody else sees it; the functions have no state of their own.
    let functions: DrawingFunctions

    private init(_ functions: DrawingFunctions) { self.functions = functions }

    /// - Throws: ``DrawingFailure``, which says what to install.
    static func open() throws(DrawingFailure) -> DrawingLibraries { try opened.get() }

    /// One thread of the process draws at a time: cairo 1.16 keeps ten fonts open for all of them, and closes one that
    /// another thread is reading when an eleventh is wanted. Whatever opens or closes fonts belongs in here.
    static func inTurn<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try turn.withLock { (_: inout sending Void) throws(Failure) -> Unshared<Value> in
            try Unshared(value: body())
        }.value
    }

    private static let turn = Mutex<Void>(())

    /// Hands a value out of the lock: it is nobody else's.
    private struct Unshared<Value>: @unchecked Sendable {
        let value: Value
    }

    private static let opened: Result<DrawingLibraries, DrawingFailure> = {
        withUnsafeTemporaryAllocation(of: DrawingFunctions.self, capacity: 1) { place in
            let functions = place.baseAddress!
            if let missing = drawing_open(functions) {
                return .failure(
                    DrawingFailure(
                        "Certificates cannot be drawn: \(String(cString: missing)) is missing; install the Debian packages libpangocairo-1.0-0 and libqrencode4."
                    ))
            }
            return .success(DrawingLibraries(functions.pointee))
        }
    }()
}
