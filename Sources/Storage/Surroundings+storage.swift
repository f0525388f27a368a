package import Jobs

extension Surroundings {
    /// The storage that all domains share: what the configuration names, else a folder in the data folder.
    package var storage: any ObjectStorage {
        services[(any ObjectStorage).self] ?? FolderStorage(in: dataFolder)
    }
}
