/// The passwords of the roles cannot be read or made, and what to do about it.
package struct AccountFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
