/// Why a token takes nobody off a list.
package enum UnsubscribeRefusal: Error, Equatable, CustomStringConvertible {
    case forged
    case expired

    package var description: String {
        switch self {
        case .forged: "This link was not made here, or is not complete; use the one in the mail."
        case .expired: "This link is too old; use the one in a newer mail."
        }
    }
}
