/// Why a server cannot listen.
package struct HTTPServerFailure: Error, CustomStringConvertible {
    package let description: String
    /// Whether it cannot listen before its settings are others.
    package var needsOtherSettings = false
}
