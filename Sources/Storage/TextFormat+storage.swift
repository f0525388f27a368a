package import Jobs

extension TextFormat {
    package static let storageKey = TextFormat(
        "storage-key", "a key in the storage, such as certificates/4711.pdf", ["certificates/4711.pdf", "a"]
    ) { StorageKey($0) != nil }
}
