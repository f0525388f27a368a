/// A file that a sample's job reads from the storage: made by a program, which a server that runs the job has anyway.
public struct SampleFile: Sendable {
    /// Stands in the arguments for the path of the file to write.
    public static let path = "{}"

    /// Of the object in the storage.
    public let key: String
    public let mediaType: String
    public let program: String
    public let arguments: [String]

    public init(key: String, mediaType: String, program: String, arguments: [String]) {
        (self.key, self.mediaType, self.program, self.arguments) = (key, mediaType, program, arguments)
    }
}
