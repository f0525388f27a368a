/// Why an object could not be read or written.
package enum StorageError: Error, Equatable, CustomStringConvertible {
    /// There is no such object, or it is no plain file.
    case absent(StorageKey)
    case tooLarge(StorageKey, maxBytes: Int)
    /// The storage itself fails; another time it may not.
    case unavailable(String)

    package var description: String {
        switch self {
        case .absent(let key): "There is no object '\(key)' in the storage."
        case .tooLarge(let key, let maxBytes): "The object '\(key)' in the storage is larger than \(maxBytes) bytes."
        case .unavailable(let reason): "The storage cannot be used: \(reason)."
        }
    }
}
