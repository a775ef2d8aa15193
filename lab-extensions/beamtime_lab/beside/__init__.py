"""Work beside the data: HDF5 read with h5py, in a process of its own.

What would carry many bytes to the browser for a small answer is done here: listing a large
group, searching paths, a profile through a stack, an overview of a long line, a reduced
picture. HDF5 never runs in the Jupyter server itself: a hung file system or a damaged file
stops or kills the process here, and the person is told. Without h5py there is none of it,
and the viewer reads all by byte ranges.
"""
