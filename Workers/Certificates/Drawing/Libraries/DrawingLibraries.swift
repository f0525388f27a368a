internal import CDrawing

/// The libraries that draw, opened when first asked for. All their functions may be called from any thread, as long as
/// no two threads use one surface, context or font map at once.
final class DrawingLibraries: @unchecked Sendable {
    // Written once, before anybody else sees it; the functions have no state of their own.
    let functions: DrawingFunctions

    private init(_ functions: DrawingFunctions) { self.functions = functions }

    /// - Throws: ``DrawingFailure``, which says what to install.
    static func open() throws(DrawingFailure) -> DrawingLibraries { try opened.get() }

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
