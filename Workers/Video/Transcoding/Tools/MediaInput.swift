import MediaProbe

/// A file that programs read, and which of its streams count.
struct MediaInput: Sendable, Equatable {
    let container: ContainerFormat
    let picture: Int
    /// Nil for a silent one.
    let sound: Int?
    /// Whether its times are those of the upload that it was cut from, and stay so: usually a file's clock begins with it.
    var keepsTimes = false

    static func upload(_ facts: MediaFacts) -> MediaInput {
        MediaInput(container: facts.container, picture: facts.video.index, sound: facts.audio?.index)
    }

    /// What was cut out of an upload has one stream.
    static func cut(from facts: MediaFacts) -> MediaInput {
        MediaInput(
            container: CutCommand.container(for: facts.container), picture: 0, sound: facts.audio == nil ? nil : 0,
            keepsTimes: true)
    }
}
