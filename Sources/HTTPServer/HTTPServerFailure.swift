/// Why a server cannot listen.
package struct HTTPServerFailure: Error, CustomStringConvertible {
    package let description: String
}
