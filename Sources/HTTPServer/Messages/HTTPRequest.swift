package import Tracing

/// A request whose head and body are here as a whole.
///
/// All of it comes from a stranger; it has been checked for its sizes and for nothing else.
package struct HTTPRequest: Sendable {
    package let method: HTTPMethod
    /// As it came, from the first `/` to before the `?`.
    package let path: ArraySlice<UInt8>
    package let query: FormText
    package let fields: HTTPFields
    /// The client's own id for it when that is sane, else one of ours; it is in the answer and in the log.
    package let id: String
    /// Who sent it, as the ``Gatekeeper`` says: nobody where that was not asked.
    package internal(set) var principal = Principal.nobody
    /// The address of the connection, which may be that of a proxy.
    package internal(set) var client = ""
    /// The span of its client below which it stands; nil where there is none, or what came is none.
    package internal(set) var trace: TraceContext?
    /// As what it is traced itself; nil where it is not.
    package internal(set) var span: CurrentSpan?
    package internal(set) var body: [UInt8] = []
    package internal(set) var parameters = RouteParameters()
}
