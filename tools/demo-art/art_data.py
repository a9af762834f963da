"""Where the scripts read and write: two folders named by the environment, because Blender hides ordinary arguments."""
import os


def data_folder():
    """Folder of the CC0 data (README.md says where it comes from). Fails: KeyError naming the variable."""
    return os.path.join(os.environ['FITVIEW_ART_DATA'], '')


def texture_folder():
    return os.path.join(data_folder(), 'tex', '')


def output_folder():
    """Scratch folder for cached cloth, fabrics, render passes and finished pictures; never inside the repository."""
    folder = os.path.join(os.environ['FITVIEW_ART_OUT'], '')
    os.makedirs(folder, exist_ok=True)
    return folder
